package io.snowball.customer.appointment;

import java.util.Set;

/** What is true of a meeting, and what can become of it. DONE and MISSED may be mixed up and put right. */
enum AppointmentState {
    PLANNED,
    CONFIRMED,
    DONE,
    MISSED,
    CANCELLED;

    boolean canBecome(AppointmentState next) {
        return following().contains(next);
    }

    /** Whether there is something to remind of. */
    boolean isAhead() {
        return this == PLANNED || this == CONFIRMED;
    }

    private Set<AppointmentState> following() {
        return switch (this) {
            case PLANNED -> Set.of(CONFIRMED, DONE, MISSED, CANCELLED);
            case CONFIRMED -> Set.of(PLANNED, DONE, MISSED, CANCELLED);
            case DONE -> Set.of(MISSED);
            case MISSED -> Set.of(DONE, PLANNED);
            case CANCELLED -> Set.of(PLANNED);
        };
    }
}
