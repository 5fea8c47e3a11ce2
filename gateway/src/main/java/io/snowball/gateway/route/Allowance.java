package io.snowball.gateway.route;

import java.time.Duration;

/**
 * What the body of a request may take.
 *
 * @param time from the first byte to the last: silence alone would let one byte a minute hold a connection for ever
 */
public record Allowance(long bytes, Duration time) {}
