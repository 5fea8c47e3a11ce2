/** What every service's tests share: a real PostgreSQL, tokens, the contract check, the rules of the house. */
@NullMarked
package io.snowball.platform.testkit;

import org.jspecify.annotations.NullMarked;
