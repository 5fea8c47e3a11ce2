-- The statement that inserts orders locks their customers itself, all of a batch at once: checked order by order the foreign key was a
-- fifth of an import's cost. Whoever deletes a customer locks its row first ("for update"), then deletes its orders: an order that
-- was being written is either seen, or its writer finds the customer gone.
alter table orders alter constraint fk_orders__customer not enforced;
