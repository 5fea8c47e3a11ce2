package io.snowball.campaign.message;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;

/** Measures how long something took. Unlike the wall clock nobody sets it; a test moves it. */
@ApplicationScoped
@DefaultBean
class NanoClock {
    long nanos() {
        return System.nanoTime();
    }
}
