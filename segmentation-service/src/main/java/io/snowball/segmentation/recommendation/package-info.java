/**
 * Which product next (H6, G4): bought together, next on the way through the categories, due again. What products have to do with each
 * other is computed by a job once a day from a year of orders; what one customer is offered is put together when it is asked for, so
 * that what was bought a minute ago is never offered. Knows no prices and no stock: an inactive product is left out, nothing else.
 */
@NullMarked
package io.snowball.segmentation.recommendation;

import org.jspecify.annotations.NullMarked;
