-- Each message changes the row of its customer, and a campaign all rows of a page at once: with room for a second version of each it
-- stays in its page, and the key's tree is left alone.
alter table customer_engagement set (fillfactor = 50);
