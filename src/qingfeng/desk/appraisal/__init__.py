"""Pages of the five-way evaluation: rounds, ballots, results, boards, talks."""
