-- The keeper looks for itself whether events wait for their place (decision 0021). A notice at each commit takes a lock that the whole
-- cluster has once, and holds it until the commit is on the platter: whoever committed waited for everyone else.
drop trigger event_pending_tells on event_pending;
drop function tell_sequencer();
