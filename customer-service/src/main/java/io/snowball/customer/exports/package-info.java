/**
 * Files of customers that leave the house, for a stated purpose and reason. Who may see personal data gets them in the clear, anybody
 * else masked; a file in the clear of many people needs the approval of a second person. Invariants: who is blocked or erased is in no
 * file, and a file with somebody who becomes so is deleted; every step is in {@code export_access} and on the feed; memory is
 * bounded by a page of customers and a piece of the file; who dies writing is replaced, and what the dead one wrote is void.
 */
@NullMarked
package io.snowball.customer.exports;

import org.jspecify.annotations.NullMarked;
