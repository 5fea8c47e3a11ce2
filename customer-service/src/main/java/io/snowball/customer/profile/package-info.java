/**
 * The customer: names, sex, birthday, time zone, language, source, and the identities that lead to them. Invariants: a write
 * that changes nothing announces nothing; of two writes to one customer the feed shows the later one last; personal data are
 * shown to the roles that may see them and masked for all others.
 */
@NullMarked
package io.snowball.customer.profile;

import org.jspecify.annotations.NullMarked;
