"""The public counter (公众窗口): what people write to the office, sealed before anything of it is kept."""
