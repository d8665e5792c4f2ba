namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>Why nothing may be cut off at a moment.</summary>
public enum CutOffObstacle
{
    ExamWeek = 1,
    Holiday = 2,
    Weekend = 3,

    /// <summary>At night, before and after working hours, and in their breaks.</summary>
    OutsideHours = 4,
}
