"""Course (小特精课程): a small topic of the own work, taught by who does it, tested and looked back on."""
