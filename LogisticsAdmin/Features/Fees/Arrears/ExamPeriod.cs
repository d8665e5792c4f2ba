using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>考试周: days on which nothing is cut off, both included. The office works as usual, so that it is no span of the calendar.</summary>
public sealed class ExamPeriod : Versioned, IAudited
{
    private ExamPeriod() { }

    public ExamPeriod(DateOnly from, DateOnly to, string name) => Set(from, to, name);

    public DateOnly From { get; private set; }
    public DateOnly To { get; private set; }
    public string Name { get; private set; } = "";

    public void Set(DateOnly from, DateOnly to, string name)
    {
        if (to < from) throw new ArgumentException("A period ends on the day it begins or later.", nameof(to));
        (From, To, Name) = (from, to, CleanText.Clean(name));
    }

    public bool Covers(DateOnly day) => From <= day && day <= To;
}
