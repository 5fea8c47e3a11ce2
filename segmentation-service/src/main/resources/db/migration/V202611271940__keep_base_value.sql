-- What a model said of the whole base (M11, M12), as JSON: the scores themselves go when the next model is there, and two periods are
-- compared by what two models said.
alter table prediction_model add column base_value text;
