namespace LogisticsAdmin.Features.Calendar;

public enum SpanKind
{
    /// <summary>休: nobody works.</summary>
    Holiday = 1,

    /// <summary>班, 调休: worked like a Monday of the term, whatever weekday it is.</summary>
    MakeUpWorkday = 2,

    /// <summary>寒暑假: the slots of the break hold.</summary>
    TermBreak = 3,
}
