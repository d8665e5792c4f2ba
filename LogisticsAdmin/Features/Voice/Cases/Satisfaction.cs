namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>What the reporter thinks of how the case was handled.</summary>
public enum Satisfaction
{
    Satisfied = 1,
    Fair = 2,
    Dissatisfied = 3,
}
