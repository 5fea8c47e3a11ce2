/**
 * What makes customers come again: after how many purchases the next is likely (B8), after which products they do not (B7), and how far
 * they have come from known to loyal (G1). Counted from the facts when asked for; stores nothing. Shares carry their interval, and only
 * who could be watched long enough is counted.
 */
@NullMarked
package io.snowball.segmentation.repeat;

import org.jspecify.annotations.NullMarked;
