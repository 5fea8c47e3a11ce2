/**
 * All that is stored of one person: shown, blocked, destroyed, and looked for again. Invariants: what is blocked is not written to;
 * destruction blocks first and may be repeated until it is done; afterwards no table has anything of the person, orders are
 * nobody's, and the feed says customer.erased once for each id that the person had. Each table with personal data is a
 * {@link io.snowball.customer.erasure.Trace}; a test looks for others. Answers go to siblings and the data protection officer only.
 */
@NullMarked
package io.snowball.customer.erasure;

import org.jspecify.annotations.NullMarked;
