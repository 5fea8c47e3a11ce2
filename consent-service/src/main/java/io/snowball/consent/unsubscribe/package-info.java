/**
 * The page behind the unsubscribe link of a message, and the one-click POST of mail programs (RFC 8058; requirements r13, r14).
 *
 * <p>A GET changes nothing and does not touch the database: scanners follow links. A POST withdraws at once, without a login, a
 * question, a cookie or a redirect. It needs nothing but this service: who wants to leave must be able to.
 */
@NullMarked
package io.snowball.consent.unsubscribe;

import org.jspecify.annotations.NullMarked;
