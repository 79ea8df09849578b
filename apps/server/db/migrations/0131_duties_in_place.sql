-- What waits on a desk is saved by one statement together with its thing, and a line that stays is written over in its place.
grant update on duty to lontar_app;
