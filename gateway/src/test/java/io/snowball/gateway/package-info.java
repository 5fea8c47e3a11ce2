/** The door under test: real siblings that say what reached them, a real database, a clock that moves. */
@NullMarked
package io.snowball.gateway;

import org.jspecify.annotations.NullMarked;
