-- Whether anything was given for an order is asked of each order that changes, whatever rule gave it.
create index ix_loyalty_accrual__source on loyalty_accrual (source);
