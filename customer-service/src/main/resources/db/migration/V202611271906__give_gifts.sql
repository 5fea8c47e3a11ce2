-- A rule may give something else than points: a discount, a product, or what costs next to nothing, such as a guide or a lesson.
alter table loyalty_rule
  add column gift_kind text,
  add column gift text,
  drop constraint ck_loyalty_rule__award,
  add constraint ck_loyalty_rule__award check (award in ('PERCENT', 'PER_ROUBLE', 'FIXED', 'GIFT')),
  add constraint ck_loyalty_rule__gift check ((award = 'GIFT') = (gift is not null) and (gift is null) = (gift_kind is null));
