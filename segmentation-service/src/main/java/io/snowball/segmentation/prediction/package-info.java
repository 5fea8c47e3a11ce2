/**
 * What customers will do: models of repeat buying (BG/NBD, Pareto/NBD) and of spend (Gamma-Gamma), fitted by maximum likelihood to the
 * company's own orders, judged on a holdout, and the scores of every buyer that follow. The models are pure functions; a fit is a
 * job in a table that any replica takes up again after a crash. Realised value, forecast and potential are never mixed (X10). Too
 * little data is said, never guessed over. Time is in weeks throughout; a customer's orders of one day (UTC) are one purchase.
 */
@NullMarked
package io.snowball.segmentation.prediction;

import org.jspecify.annotations.NullMarked;
