"""What gunicorn reads when it is started in this folder; options of its command override it."""

# The site is loaded once, before the workers are forked, which share that memory. It is loaded anew
# by a restart, not by a reload.
preload_app = True
