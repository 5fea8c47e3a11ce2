/** The second factor of signing in: codes of an app by RFC 6238, and codes on paper for when the telephone is gone (requirement r32). */
@NullMarked
package io.snowball.gateway.secondfactor;

import org.jspecify.annotations.NullMarked;
