"""Goals of the year (三争): 争先进位, 争创品牌, 争作贡献; what other matters serve."""
