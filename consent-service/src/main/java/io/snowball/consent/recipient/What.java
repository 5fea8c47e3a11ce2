package io.snowball.consent.recipient;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a recipient has to do. */
@Schema(name = "RecipientNoticeKind")
public enum What {
    CORRECTION("уточнить персональные данные субъекта", "Уведомление об уточнении персональных данных"),
    ERASURE("уничтожить персональные данные субъекта", "Уведомление об уничтожении персональных данных"),
    STOP(
            "прекратить обработку персональных данных субъекта, в том числе отправку ему рекламы",
            "Уведомление о прекращении обработки персональных данных");

    private final String demand;
    private final String title;

    What(String demand, String title) {
        this.demand = demand;
        this.title = title;
    }

    String demand() {
        return demand;
    }

    String title() {
        return title;
    }
}
