package io.snowball.consent.request;

import io.snowball.consent.calendar.TermCode;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is asked for, and so what the law makes of it (requirement r22). */
@Schema(name = "SubjectRequestKind")
enum RequestKind {
    ACCESS("Запрос на доступ к персональным данным", TermCode.ACCESS, null),
    CORRECTION("Требование об уточнении персональных данных", TermCode.CORRECTION, null),
    ERASURE_ILLEGAL(
            "Требование об уничтожении незаконно полученных или ненужных данных",
            TermCode.DESTROY_ILLEGAL,
            TermCode.DESTROY_ILLEGAL),
    STOP_PROCESSING("Требование о прекращении обработки", TermCode.STOP_PROCESSING, null),
    WITHDRAWAL("Отзыв согласия", TermCode.WITHDRAWAL, TermCode.WITHDRAWAL),
    MARKETING_STOP("Требование прекратить рекламу", TermCode.MARKETING_STOP, null),
    DISSEMINATION_STOP("Требование прекратить распространение", TermCode.DISSEMINATION_STOP, null),
    /** The person says that the processing is unlawful. */
    OBJECTION("Обращение о неправомерной обработке", TermCode.STOP_UNLAWFUL, TermCode.DESTROY_UNLAWFUL),
    RKN_REQUEST("Запрос Роскомнадзора", TermCode.RKN_REQUEST, null);

    private final String words;
    private final TermCode term;
    private final @Nullable TermCode destruction;

    RequestKind(String words, TermCode term, @Nullable TermCode destruction) {
        this.words = words;
        this.term = term;
        this.destruction = destruction;
    }

    /** As documents call it. */
    String words() {
        return words;
    }

    TermCode term() {
        return term;
    }

    /** By when data must be gone where the person is right. */
    Optional<TermCode> destruction() {
        return Optional.ofNullable(destruction);
    }

    /** To stop, anybody may ask for anybody; for the rest it must be known whose data they are. */
    boolean needsIdentity() {
        return switch (this) {
            case ACCESS, CORRECTION, ERASURE_ILLEGAL, STOP_PROCESSING, WITHDRAWAL -> true;
            case MARKETING_STOP, DISSEMINATION_STOP, OBJECTION, RKN_REQUEST -> false;
        };
    }

    /** 152-FZ art. 21 p. 1: from the moment of the request, for the time of the check. */
    boolean blocksAtOnce() {
        return switch (this) {
            case CORRECTION, ERASURE_ILLEGAL, OBJECTION -> true;
            case ACCESS, STOP_PROCESSING, WITHDRAWAL, MARKETING_STOP, DISSEMINATION_STOP, RKN_REQUEST -> false;
        };
    }

    /** Who wants it to stop gets no advertising from this moment on, whatever term the rest has. */
    boolean silencesAtOnce() {
        return switch (this) {
            case STOP_PROCESSING, WITHDRAWAL, MARKETING_STOP -> true;
            case ACCESS, CORRECTION, ERASURE_ILLEGAL, DISSEMINATION_STOP, OBJECTION, RKN_REQUEST -> false;
        };
    }
}
