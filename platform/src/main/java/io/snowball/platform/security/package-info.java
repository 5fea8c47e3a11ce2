/**
 * Who is calling: roles, the token between our services, and links that can't be forged.
 */
@NullMarked
package io.snowball.platform.security;

import org.jspecify.annotations.NullMarked;
