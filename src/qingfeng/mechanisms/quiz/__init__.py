"""Quiz (题目): questions made by one, reviewed by another, answered by people whose names nobody asks."""
