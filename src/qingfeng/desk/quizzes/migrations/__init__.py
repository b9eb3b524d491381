"""Migrations of quizzes."""
