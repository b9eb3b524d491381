"""Qingfeng 清风: from spending records to a correction that the records confirm."""
