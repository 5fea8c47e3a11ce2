/**
 * The whole system through the door: the five services as processes of their own with a real PostgreSQL and a real mailbox, started
 * once for all tests of this module. Each test makes customers, segments and campaigns of its own.
 */
@NullMarked
package io.snowball.system;

import org.jspecify.annotations.NullMarked;
