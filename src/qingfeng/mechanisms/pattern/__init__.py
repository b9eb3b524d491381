"""Pattern card (规律卡): what a case teaches about a kind of trick, and what becomes of its trace."""
