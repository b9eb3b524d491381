"""Migrations of packs: they may add and alter; a pack that was out stays on record."""
