namespace LogisticsAdmin.Features.Calendar;

public enum SpanKind
{
    /// <summary>休: nobody works.</summary>
    Holiday = 1,

    /// <summary>班, 调休: has the working hours of a Monday in term, whatever weekday it is.</summary>
    MakeUpWorkday = 2,

    /// <summary>寒暑假: the slots of the break apply.</summary>
    TermBreak = 3,
}
