package io.snowball.consent.lawpaper;

import io.snowball.consent.document.PurposeVersions.Described;
import io.snowball.consent.operator.Operator;
import io.snowball.consent.paper.Paper;
import java.util.List;

/** Drafts of consents, each for one thing and apart from all else (156-FZ, since 01.09.2025). */
record ConsentTexts(Operator operator, List<Described> purposes) {
    private static final String BOX = "☐ ";

    /** 152-FZ art. 9. */
    Paper processing() {
        Paper paper = begin("Согласие на обработку персональных данных")
                .text(
                        "Я, субъект персональных данных, свободно, своей волей и в своём интересе даю согласие оператору на обработку"
                                + " моих персональных данных на условиях ниже.");
        for (Described purpose : purposes) {
            paper.heading("Цель: " + purpose.title())
                    .line("Перечень данных", String.join(", ", purpose.categories()))
                    .line("Действия", String.join(", ", purpose.actions()))
                    .line("Способы", String.join(", ", purpose.methods()))
                    .line("Кому поручена обработка", String.join("; ", purpose.recipients()))
                    .line("Срок", purpose.term())
                    .line("Порядок отзыва", purpose.withdrawalMethod());
        }
        return box(paper, "Даю согласие на обработку персональных данных");
    }

    /** 38-FZ art. 18: names who advertises, and over what. */
    Paper advertising() {
        return box(
                begin("Согласие на получение рекламы")
                        .text(
                                "Я согласен получать от оператора рекламу по каналу: ____________ (указывается один канал)."
                                        + " Согласие не обусловлено покупкой, отказ ни на что не влияет.")
                        .items(withdrawal()),
                "Согласен получать рекламу");
    }

    /** 126-FZ art. 44.1. */
    Paper sms() {
        return box(
                begin("Согласие на получение рассылки по сети подвижной связи")
                        .text(
                                "Я, абонент номера ____________, согласен получать SMS-рассылку оператора. Номер подтверждён кодом.")
                        .items(withdrawal()),
                "Согласен получать SMS");
    }

    /** 126-FZ art. 44.1-1. */
    Paper calls() {
        return box(
                begin("Согласие на массовые вызовы")
                        .text(
                                "Я, абонент номера ____________, согласен принимать массовые и автоматические вызовы оператора.")
                        .items(withdrawal()),
                "Согласен принимать вызовы");
    }

    /** 152-FZ art. 10.1, order 18 of Roskomnadzor of 24.02.2021. */
    Paper dissemination() {
        return box(
                begin("Согласие на распространение персональных данных")
                        .line("Фамилия, имя, отчество", "____________")
                        .line("Телефон, почта или адрес", "____________")
                        .line("Сведения об информационных ресурсах", "https://____________")
                        .line("Цель", "____________")
                        .line("Категории и перечень данных", "____________")
                        .line("Категории, для которых установлены запреты и условия", "____________")
                        .line("Условия передачи только по внутренней сети", "____________")
                        .line("Срок", "____________"),
                "Даю согласие на распространение");
    }

    Paper withdrawalForm() {
        return begin("Отзыв согласия")
                .line("Фамилия, имя, отчество", "____________")
                .line("Адрес, телефон или почта", "____________")
                .text("Отзываю согласие: ☐ на обработку персональных данных  ☐ на рекламу  ☐ на SMS  ☐ на вызовы"
                        + "  ☐ на распространение  ☐ все согласия (152-ФЗ, ст. 9 ч. 2).")
                .signature("Дата, подпись");
    }

    private Paper begin(String title) {
        return Paper.titled(title).line("Оператор", operator.requisites()).line("Контакты", operator.contacts());
    }

    private List<String> withdrawal() {
        return purposes.stream()
                .map(Described::withdrawalMethod)
                .distinct()
                .map(method -> "Отозвать согласие можно " + method)
                .toList();
    }

    private static Paper box(Paper paper, String label) {
        return paper.heading("Отметка")
                .text(BOX + label)
                .text(
                        "Отметка не проставляется заранее; согласие оформляется отдельно от иных документов (152-ФЗ, ст. 9 ч. 1).");
    }
}
