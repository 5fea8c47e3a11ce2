package io.snowball.consent.request;

import io.snowball.consent.calendar.Deadlines.Deadline;
import io.snowball.consent.request.SubjectRequestApi.Applicant;
import io.snowball.consent.request.SubjectRequestApi.RegisterRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** A request about to be registered, with its day. */
record NewRequest(
        UUID id,
        RegisterRequest asked,
        Instant receivedAt,
        Deadline deadline,
        Optional<LocalDate> destroyBy,
        String by) {

    Applicant applicant() {
        return asked.applicant() == null ? Applicant.NOBODY : asked.applicant();
    }

    @Override
    public String toString() {
        return "NewRequest[" + id + "]";
    }
}
