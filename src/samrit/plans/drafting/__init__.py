"""Plans under edit: what a draft holds, what is wrong with it, what it would give, and who may do what to it when."""
