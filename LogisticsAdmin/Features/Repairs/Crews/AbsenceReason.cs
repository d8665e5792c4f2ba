namespace LogisticsAdmin.Features.Repairs.Crews;

public enum AbsenceReason
{
    Leave = 1,
    Sick = 2,
    Training = 3,
    Duty = 4,
}
