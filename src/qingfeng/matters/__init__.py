"""The kernel: vocabulary, matters, parties, ledgers, clocks, gates; the one door that writes."""
