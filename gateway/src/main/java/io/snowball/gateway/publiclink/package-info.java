/**
 * The links in messages. Whoever has one may follow it: nobody signs in, no cookie passes, and the token in it, which the service behind
 * checks, is all that is known of the customer. Unsubscribing goes to consent directly and needs no other service.
 */
@NullMarked
package io.snowball.gateway.publiclink;

import org.jspecify.annotations.NullMarked;
