"""The cockpit: what leaders open first, seven panels whose every number opens its rows."""
