"""A fictional district to walk through: 云水区 on a map of its own, with drawn pictures."""
