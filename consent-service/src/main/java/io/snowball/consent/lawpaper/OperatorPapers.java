package io.snowball.consent.lawpaper;

import io.snowball.consent.control.AccessPersons;
import io.snowball.consent.document.PurposeVersions.Described;
import io.snowball.consent.operator.Operator;
import io.snowball.consent.paper.Paper;
import java.time.LocalDate;
import java.util.List;

/** The operator's own papers, from what is processed for what. */
record OperatorPapers(Operator operator, List<Described> purposes, List<AccessPersons.Line> persons, LocalDate day) {
    /** 152-FZ art. 18.1 p. 2. */
    Paper policy() {
        Paper paper = begin("Политика в отношении обработки персональных данных")
                .text("Политика определяет, как оператор обрабатывает и защищает персональные данные.")
                .line("Ответственный", operator.signatory())
                .line("База данных находится", operator.databaseLocation());
        purposes(paper);
        return paper.heading("Права субъекта")
                .text(
                        "Получить сведения об обработке (ст. 14), потребовать уточнения, блокирования или уничтожения (ст. 14, 20, 21),"
                                + " отозвать согласие (ст. 9), прекратить рекламу (ст. 15), обжаловать (ст. 17 152-ФЗ). Обращения: "
                                + operator.contacts() + ".")
                .heading("Меры защиты")
                .items(measures());
    }

    Paper register() {
        Paper paper = begin("Реестр процессов обработки персональных данных").line("Система", operator.ispdnName());
        purposes(paper);
        return paper.signature(operator.signatory());
    }

    /** Order 180 of Roskomnadzor of 28.10.2022; 152-FZ art. 22 p. 3, 3.1. */
    Paper noticeSheet() {
        Paper paper = begin("Сведения для уведомления об обработке персональных данных")
                .line("Номер в реестре", operator.registerNumber())
                .line("Ответственный и контакты", operator.signatory() + ", " + operator.contacts())
                .line("Местонахождение базы данных", operator.databaseLocation())
                .line("Дата начала обработки", "____________")
                .line("Условие прекращения", "достижение целей обработки");
        purposes(paper);
        return paper.heading("Меры (ст. 18.1, 19)").items(measures());
    }

    /** Order 178 of Roskomnadzor of 27.10.2022. */
    Paper harmAct() {
        return begin("Акт оценки вреда субъектам персональных данных")
                .line("Дата оценки", day)
                .line("Информационная система", operator.ispdnName())
                .heading("Основания степени")
                .item(
                        "высокая: специальные категории, биометрия, несовершеннолетние, обезличивание для исследований, поручение за рубеж"
                                + " ☐")
                .item(
                        "средняя: опубликование на сайте, дополнительные цели, продвижение по чужой базе, согласие без идентификации ☐")
                .item("низкая: общедоступные источники, ответственный не из числа работников ☐")
                .text(
                        "Согласия на рекламу подтверждаются владельцем адреса (двойное согласие), что идентифицирует субъекта.")
                .line("Степень вреда", "____________")
                .signature(operator.signatory());
    }

    /** 152-FZ art. 22 p. 3 n. 10.2. */
    Paper personsWithAccess() {
        Paper paper = begin("Перечень лиц, имеющих доступ к персональным данным")
                .line("Информационная система", operator.ispdnName());
        for (AccessPersons.Line person : persons) {
            paper.heading(person.fullName())
                    .line("Должность", person.post())
                    .line("К каким данным", person.scope())
                    .line("Основание", person.basis())
                    .line("Доступ предоставлен", person.grantedOn());
        }
        return (persons.isEmpty() ? paper.text("Доступ никому не предоставлен.") : paper)
                .signature(operator.signatory());
    }

    /** 152-FZ art. 6 p. 3. */
    Paper entrustmentAnnex() {
        Paper paper = begin("Поручение на обработку персональных данных (приложение к договору)");
        purposes(paper);
        return paper.heading("Обязанности обработчика")
                .item("соблюдать конфиденциальность и принципы 152-ФЗ, требования ч. 5 ст. 18 и ст. 18.1")
                .item("принимать меры защиты по ст. 19")
                .item("по запросу оператора подтверждать соблюдение, в том числе до начала обработки")
                .item("уведомлять оператора об инцидентах (ч. 3.1 ст. 21) без промедления")
                .item("уточнять, блокировать и уничтожать данные по требованию оператора с подтверждением")
                .signature("Оператор: " + operator.signatory())
                .signature("Обработчик");
    }

    private Paper begin(String title) {
        return Paper.titled(title).line("Оператор", operator.requisites()).line("По состоянию на", day);
    }

    private void purposes(Paper paper) {
        for (Described purpose : purposes) {
            paper.heading("Цель: " + purpose.title())
                    .line("Основание", purpose.legalBasis().words())
                    .line("Субъекты", String.join(", ", purpose.subjects()))
                    .line("Категории данных", String.join(", ", purpose.categories()))
                    .line("Действия", String.join(", ", purpose.actions()))
                    .line("Способы", String.join(", ", purpose.methods()))
                    .line("Получатели и обработчики", String.join("; ", purpose.recipients()))
                    .line("Трансграничная передача", purpose.crossBorder() == null ? "нет" : purpose.crossBorder())
                    .line("Сроки", purpose.term())
                    .line("Порядок отзыва", purpose.withdrawalMethod());
        }
    }

    private static List<String> measures() {
        return List.of(
                "назначен ответственный, изданы локальные акты, проводится внутренний контроль",
                "учётные записи уникальны, права минимальны, данные показываются только тем, кому нужны",
                "каналы связи защищены TLS, журнал действий не изменяется",
                "уничтожение подтверждается актом и выгрузкой из журнала (приказ № 179)");
    }
}
