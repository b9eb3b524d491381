"""Appraisal (考评): five-way evaluation of the commission's own people, with ballots that name nobody."""
