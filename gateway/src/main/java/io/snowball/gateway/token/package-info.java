/**
 * The token boundary (docs/adr/010). Outside: our own tokens, ES256 under a key that never leaves the gateway's database, or, with an
 * issuer set, those of one OpenID Connect provider and no others. Inside: the internal token, which is never accepted here. The
 * roles of our own users are read from the database and not from the token, so what an admin changes holds within a minute.
 */
@NullMarked
package io.snowball.gateway.token;

import org.jspecify.annotations.NullMarked;
