/**
 * This service's own copy of the facts: customers without personal data, their orders with their lines, what they did,
 * and what the catalogue says from the customer feed, messages from the campaign feed. A batch is one transaction: facts, then the metrics and memberships of the customers that changed. Applying an event again changes nothing;
 * an order's older version never overwrites a newer one.
 */
@NullMarked
package io.snowball.segmentation.fact;

import org.jspecify.annotations.NullMarked;
