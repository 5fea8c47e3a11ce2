/** The invoices of a real web shop, and what is counted on them by hand. */
@NullMarked
package io.snowball.segmentation.retail;

import org.jspecify.annotations.NullMarked;
