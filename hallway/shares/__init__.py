"""Shares: a post that carries an entry of another space, for those who may see that."""
