/**
 * The one door: who comes in, where to, and what for. It knows no rule of the domain and keeps no state of it; its database
 * holds users and the key that signs their tokens.
 */
@NullMarked
package io.snowball.gateway;

import org.jspecify.annotations.NullMarked;
