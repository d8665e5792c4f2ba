namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>What can be undone with the settings of arrears.</summary>
public enum ArrearsAct
{
    Terms,
    AddExam,
    EditExam,
    RemoveExam,
    Leak,
}
