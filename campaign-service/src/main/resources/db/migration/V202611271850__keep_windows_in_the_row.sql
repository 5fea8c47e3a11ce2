-- A window is written before it goes out and emptied after, a hundred times a second: half a page of ids is cheaper in the row than beside it.
alter table dispatch_lease set (toast_tuple_target = 8160);
